"""What `--help` says, at length."""

ABOUT = """\
A terminal at which the papers of an earlier application are handed in again, with a My Number Card.

  kiosk run           receive visitors
  kiosk walk          make one whole visit by itself, and leave pictures of every screen
  kiosk check card    look at the card reader and the card on it; consumes no try, unless it is given passwords
  kiosk check panel   light the lamps of the front panel, one after the other, and read its switches
  kiosk check camera  look through the camera at the empty tray and at a printed sheet; calibrate it
  kiosk check portal  go the way to the portal step by step, and say what to do where it is blocked
  kiosk scan          find, judge and straighten photographs of papers as the terminal would
"""
CODES = """\
exit codes: 0 all is well (for `run` also: asked to end by SIGTERM or SIGINT); 1 the walk did not end as it should, or
the check found something that hinders a visit; 2 the command line or the configuration cannot be used; 70 the program
itself is broken; 130 Ctrl-C ended a check or a walk.
"""
RUN = """\
Receives one visitor after the other until it is ended with SIGTERM, SIGINT or by closing its window. With --simulate
keys of the keyboard play the hands (F1 lists them); where there is no display it makes one whole visit by itself.
"""
WALK = """\
Makes one visit by itself on simulated devices: real touches on the painted targets, real HTTPS and mail to a stand-in
portal, frames of 12 megapixels. Leaves one PNG per screen, a contact sheet and journey.json.
"""
SCAN = """\
Does to photographs what the terminal does to what lies on its tray, one JSON object a line each: where the page is and
how sure that is, what is wrong with it, which way it was turned, which codes stand on it, what was covered as a My
Number, how many bytes it costs, and what each stage took. With several images a last line tells of all pages packed
together. Nothing is sent; pages are written only with --out.
"""
CHECK_CARD = """\
Says which reader is found, which card lies on it, how many tries its two passwords have left and until when its
certificate is valid. Reads nothing that needs a password and consumes no try.

With both password files it does the whole job of a visit once: signs with the first password, reads the four
attributes with the second, and says what that took (the look before it and the reading over it afterwards not
counted). Each file holds exactly four digits and belongs to its owner alone (chmod 600). A right password costs no
try, a wrong one costs one; the last try of either is never spent, and refusals count towards the terminal's hour.

Under `findings` it says what this card and this reader settle of the points that are not publicly known about them.
"""
CHECK_CAMERA = """\
Looks at the empty tray and then at the calibration sheet upon it, and says of focus, exposure, evenness of the light,
dirt on glass and tray, and geometry how they are, and what to do where they are not well. Print the sheet first
(--calibration-sheet), at 100 %, and lay it flat, print side up, in the middle of the tray when asked. At a prompt it
waits a minute for either; otherwise it looks once at what lies there. The light over the tray is on meanwhile; the
terminal must not run (systemctl stop kiosk). No picture is kept.

With --calibrate it also writes where the tray lies and how the lens bends; the terminal goes by it from its next start.
"""
CHECK_PORTAL = """\
Goes the way to the portal as a visit would: this terminal's certificate, name, connection, TLS, the portal's
certificate, the contract's version, round trip, clock, whether it is open, and what it takes. Each step says what was
seen, and what to do where it is wrong. Nothing personal is sent, and the terminal may run meanwhile.
"""
CHECK_PANEL = """\
Lights each fitted lamp of the front panel for a moment, sounds the buzzer, and says how each switch stands. Watch while
it runs: whether a lamp burns only an eye can tell. The terminal must not run meanwhile (systemctl stop kiosk).
"""
