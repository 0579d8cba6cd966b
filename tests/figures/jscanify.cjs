// One peer of the page finder: jscanify, on OpenCV compiled for the web. Run by `web_scanner.py`.
//
//     node jscanify.cjs FOLDER      FOLDER holds node_modules with jscanify and @techstark/opencv-js
//
// Reads pictures (width and height as 32-bit little-endian numbers, then RGBA) and answers each with a line of JSON:
// `corners`, clockwise from upper left, or null, and the processor's `milliseconds`.
"use strict";

const { readSync } = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

function take(count) {
  const whole = Buffer.alloc(count);
  let have = 0;
  while (have < count) {
    const read = readSync(0, whole, have, count - have, null);
    if (read === 0) process.exit(0);
    have += read;
  }
  return whole;
}

function corners(cv, scanner, wide, tall, pixels) {
  const picture = cv.matFromArray(tall, wide, cv.CV_8UC4, pixels);
  const contour = scanner.findPaperContour(picture);
  picture.delete();
  if (contour === null) return null;
  const found = scanner.getCornerPoints(contour);
  contour.delete();
  const four = [found.topLeftCorner, found.topRightCorner, found.bottomRightCorner, found.bottomLeftCorner];
  return four.every(Boolean) ? four.map((each) => [each.x, each.y]) : null;
}

async function main(folder) {
  const installed = createRequire(path.join(path.resolve(folder), "node_modules", "x.js"));
  const loading = installed("@techstark/opencv-js");
  const cv = loading instanceof Promise ? await loading : loading; // to await the module itself never ends
  if (!cv.Mat) await new Promise((ready) => (cv.onRuntimeInitialized = ready));
  globalThis.cv = cv;
  const Scanner = installed(path.join(path.dirname(installed.resolve("jscanify")), "jscanify.js"));
  const scanner = new Scanner();
  for (;;) {
    const head = take(8);
    const wide = head.readUInt32LE(0);
    const tall = head.readUInt32LE(4);
    const pixels = take(wide * tall * 4);
    const begun = process.cpuUsage();
    const found = corners(cv, scanner, wide, tall, pixels);
    const spent = process.cpuUsage(begun);
    const answer = { corners: found, milliseconds: (spent.user + spent.system) / 1000 };
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
}

main(process.argv[2]);
