/* Preloaded into the process of a test, so that it sees a V4L2 camera where this machine has none: whoever opens the
   device file named by VIDEO_DEVICE gets one that offers and streams the pictures in the folder VIDEO_STAGE. OpenCV and
   our driver run upon it unchanged.

   Each WIDTHxHEIGHT.jpg there is a size in motion JPEG, each WIDTHxHEIGHT.yuyv one in raw YUYV; a frame comes every
   VIDEO_ROUND milliseconds (33). The device is there while the file `plugged` is, and another one when that is another
   file; while `hanging` is there, the device does not answer; what is set on it is written to `controls`. The descriptor
   of the device is that of a timer, so that select and poll need no help. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { DEVICES = 8, BUFFERS = 8, SIZES = 32 };
#define APART 0x20000000L

struct size { uint32_t width, height, format; };

struct buffer { int memory; uint8_t *bytes; };

struct device {
    int descriptor;  /* 0: nobody's */
    int streaming;
    struct stat plugged;
    struct size size;
    size_t room;
    unsigned count, queued, sequence, order[BUFFERS];
    struct buffer buffers[BUFFERS];
};

static struct device devices[DEVICES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void in_stage(char *path, const char *name)
{
    const char *stage = getenv("VIDEO_STAGE");

    snprintf(path, 512, "%s/%s", stage ? stage : "/nonexistent", name);
}

static int there(const char *name, struct stat *found)
{
    char path[512];

    in_stage(path, name);
    return stat(path, found) == 0;
}

static struct device *device_of(int descriptor)
{
    int i;

    for (i = 0; descriptor > 0 && i < DEVICES; i++)
        if (devices[i].descriptor == descriptor)
            return &devices[i];
    return NULL;
}

static int is_ours(const char *path)
{
    const char *device = getenv("VIDEO_DEVICE");

    return device != NULL && path != NULL && strcmp(path, device) == 0;
}

static int begin(void)
{
    struct stat plugged;
    struct device *device = NULL;
    int i;

    if (!there("plugged", &plugged)) {
        errno = ENOENT;
        return -1;
    }
    pthread_mutex_lock(&lock);
    for (i = 0; i < DEVICES && device == NULL; i++)
        if (devices[i].descriptor == 0)
            device = &devices[i];
    if (device != NULL) {
        memset(device, 0, sizeof *device);
        device->descriptor = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        device->plugged = plugged;
    }
    pthread_mutex_unlock(&lock);
    if (device == NULL) {
        errno = EBUSY;
        return -1;
    }
    return device->descriptor;
}

static void free_buffers(struct device *device)
{
    unsigned i;

    for (i = 0; i < device->count; i++) {
        munmap(device->buffers[i].bytes, device->room);
        syscall(SYS_close, device->buffers[i].memory);
    }
    device->count = device->queued = 0;
}

static int compare(const void *one, const void *other)
{
    const struct size *a = one, *b = other;

    return (a->width > b->width) - (a->width < b->width);
}

static unsigned list_sizes(struct size *sizes, uint32_t format)
{
    const char *wanted = format == V4L2_PIX_FMT_MJPEG ? "jpg" : "yuyv";
    char path[512], ending[8];
    struct dirent *entry;
    unsigned count = 0;
    DIR *folder;

    in_stage(path, "");
    folder = opendir(path);
    while (folder != NULL && count < SIZES && (entry = readdir(folder)) != NULL) {
        struct size *size = &sizes[count];
        if (sscanf(entry->d_name, "%ux%u.%7s", &size->width, &size->height, ending) == 3 && !strcmp(ending, wanted)) {
            size->format = format;
            count++;
        }
    }
    if (folder != NULL)
        closedir(folder);
    qsort(sizes, count, sizeof *sizes, compare);
    return count;
}

static unsigned list_formats(uint32_t *formats)
{
    struct size sizes[SIZES];
    unsigned count = 0;

    if (list_sizes(sizes, V4L2_PIX_FMT_YUYV) > 0)  /* as most cameras do, the raw one first */
        formats[count++] = V4L2_PIX_FMT_YUYV;
    if (list_sizes(sizes, V4L2_PIX_FMT_MJPEG) > 0)
        formats[count++] = V4L2_PIX_FMT_MJPEG;
    return count;
}

/* The nearest that there is, as a driver answers. */
static int nearest(struct size *size)
{
    struct size sizes[SIZES];
    uint32_t formats[2];
    unsigned count, i, best = 0;
    uint64_t least = UINT64_MAX;

    if ((count = list_formats(formats)) == 0)
        return -1;
    if (size->format != formats[0] && !(count > 1 && size->format == formats[1]))
        size->format = formats[0];
    count = list_sizes(sizes, size->format);
    for (i = 0; i < count; i++) {
        int64_t dx = (int64_t)sizes[i].width - size->width, dy = (int64_t)sizes[i].height - size->height;
        if ((uint64_t)(dx * dx + dy * dy) < least) {
            least = (uint64_t)(dx * dx + dy * dy);
            best = i;
        }
    }
    *size = sizes[best];
    return 0;
}

static void tell(struct v4l2_format *format, const struct size *size)
{
    struct v4l2_pix_format *pix = &format->fmt.pix;

    memset(pix, 0, sizeof *pix);
    pix->width = size->width;
    pix->height = size->height;
    pix->pixelformat = size->format;
    pix->field = V4L2_FIELD_NONE;
    pix->bytesperline = size->format == V4L2_PIX_FMT_YUYV ? size->width * 2 : 0;
    pix->sizeimage = size->width * size->height * 2;
    pix->colorspace = V4L2_COLORSPACE_SRGB;
}

static long round_milliseconds(void)
{
    const char *given = getenv("VIDEO_ROUND");

    return given ? atol(given) : 33;
}

static int time_frames(struct device *device, int on)
{
    struct itimerspec round = {{0, 0}, {0, 0}};

    if (on)
        round.it_interval.tv_nsec = round.it_value.tv_nsec = round_milliseconds() * 1000000L;
    device->streaming = on;
    return timerfd_settime(device->descriptor, 0, &round, NULL);
}

static int request_buffers(struct device *device, struct v4l2_requestbuffers *wanted)
{
    unsigned i;

    free_buffers(device);
    if (wanted->count > BUFFERS)
        wanted->count = BUFFERS;
    device->room = (size_t)device->size.width * device->size.height * 2;
    for (i = 0; i < wanted->count; i++) {
        device->buffers[i].memory = memfd_create("video", MFD_CLOEXEC);
        if (ftruncate(device->buffers[i].memory, (off_t)device->room) != 0)
            return -1;
        device->buffers[i].bytes = (uint8_t *)syscall(
            SYS_mmap, NULL, device->room, PROT_READ | PROT_WRITE, MAP_SHARED, device->buffers[i].memory, 0L);
        device->count = i + 1;
    }
    return 0;
}

static void describe(struct device *device, struct v4l2_buffer *buffer)
{
    buffer->length = (uint32_t)device->room;
    buffer->m.offset = (uint32_t)(buffer->index * APART);
    buffer->memory = V4L2_MEMORY_MMAP;
    buffer->flags = V4L2_BUF_FLAG_MAPPED;
}

static int take_frame(struct device *device, struct v4l2_buffer *buffer)
{
    char name[64], path[512];
    struct stat found;
    uint64_t rounds;
    ssize_t length;
    int file;

    while (there("hanging", &found) && there("plugged", &found))
        usleep(5000);
    if (read(device->descriptor, &rounds, sizeof rounds) != sizeof rounds || device->queued == 0) {
        errno = EAGAIN;
        return -1;
    }
    buffer->index = device->order[0];
    memmove(device->order, device->order + 1, --device->queued * sizeof *device->order);
    snprintf(name, sizeof name, "%ux%u.%s", device->size.width, device->size.height,
             device->size.format == V4L2_PIX_FMT_MJPEG ? "jpg" : "yuyv");
    in_stage(path, name);
    file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    length = read(file, device->buffers[buffer->index].bytes, device->room);
    syscall(SYS_close, file);
    if (length < 0) {
        errno = EIO;
        return -1;
    }
    describe(device, buffer);
    buffer->bytesused = (uint32_t)length;
    buffer->sequence = device->sequence++;
    return 0;
}

static void note(const struct v4l2_control *control)
{
    char path[512];
    FILE *file;

    in_stage(path, "controls");
    if ((file = fopen(path, "a")) != NULL) {
        fprintf(file, "%x %d\n", control->id, control->value);
        fclose(file);
    }
}

static int answer(struct device *device, unsigned long request, void *argument)
{
    struct size sizes[SIZES], size;
    uint32_t formats[2];

    switch (request) {
    case VIDIOC_QUERYCAP: {
        struct v4l2_capability *capability = argument;
        memset(capability, 0, sizeof *capability);
        strcpy((char *)capability->driver, "uvcvideo");
        strcpy((char *)capability->card, "Staged camera");
        capability->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
        capability->capabilities = capability->device_caps | V4L2_CAP_DEVICE_CAPS;
        return 0;
    }
    case VIDIOC_ENUM_FMT: {
        struct v4l2_fmtdesc *format = argument;
        if (format->index >= list_formats(formats))
            break;
        format->pixelformat = formats[format->index];
        return 0;
    }
    case VIDIOC_ENUM_FRAMESIZES: {
        struct v4l2_frmsizeenum *frame = argument;
        if (frame->index >= list_sizes(sizes, frame->pixel_format))
            break;
        frame->type = V4L2_FRMSIZE_TYPE_DISCRETE;
        frame->discrete.width = sizes[frame->index].width;
        frame->discrete.height = sizes[frame->index].height;
        return 0;
    }
    case VIDIOC_ENUM_FRAMEINTERVALS: {
        struct v4l2_frmivalenum *interval = argument;
        if (interval->index > 0)
            break;
        interval->type = V4L2_FRMIVAL_TYPE_DISCRETE;
        interval->discrete.numerator = (uint32_t)round_milliseconds();
        interval->discrete.denominator = 1000;
        return 0;
    }
    case VIDIOC_ENUMINPUT: {
        struct v4l2_input *input = argument;
        if (input->index > 0)
            break;
        memset(input, 0, sizeof *input);
        input->type = V4L2_INPUT_TYPE_CAMERA;
        return 0;
    }
    case VIDIOC_G_INPUT:
        *(int *)argument = 0;
        return 0;
    case VIDIOC_S_INPUT:
        return 0;
    case VIDIOC_G_FMT:
        if (device->size.width == 0 && nearest(&device->size) != 0)
            break;
        tell(argument, &device->size);
        return 0;
    case VIDIOC_TRY_FMT:
    case VIDIOC_S_FMT: {
        struct v4l2_pix_format *pix = &((struct v4l2_format *)argument)->fmt.pix;
        size = (struct size){pix->width, pix->height, pix->pixelformat};
        if (nearest(&size) != 0)
            break;
        if (request == VIDIOC_S_FMT)
            device->size = size;
        tell(argument, &size);
        return 0;
    }
    case VIDIOC_G_PARM:
    case VIDIOC_S_PARM: {
        struct v4l2_streamparm *parameters = argument;
        parameters->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
        parameters->parm.capture.timeperframe.numerator = (uint32_t)round_milliseconds();
        parameters->parm.capture.timeperframe.denominator = 1000;
        return 0;
    }
    case VIDIOC_REQBUFS:
        return request_buffers(device, argument);
    case VIDIOC_QUERYBUF:
        describe(device, argument);
        return 0;
    case VIDIOC_QBUF: {
        struct v4l2_buffer *buffer = argument;
        if (buffer->index >= device->count || device->queued >= BUFFERS)
            break;
        device->order[device->queued++] = buffer->index;
        return 0;
    }
    case VIDIOC_DQBUF:
        return take_frame(device, argument);
    case VIDIOC_STREAMON:
        return time_frames(device, 1);
    case VIDIOC_STREAMOFF:
        device->queued = 0;
        return time_frames(device, 0);
    case VIDIOC_S_CTRL:
        note(argument);
        return 0;
    default:
        break;
    }
    errno = EINVAL;
    return -1;
}

int ioctl(int descriptor, unsigned long request, ...)
{
    struct device *device = device_of(descriptor);
    struct stat now;
    va_list arguments;
    void *argument;

    va_start(arguments, request);
    argument = va_arg(arguments, void *);
    va_end(arguments);
    if (device == NULL)
        return (int)syscall(SYS_ioctl, descriptor, request, argument);
    if (!there("plugged", &now) || now.st_ino != device->plugged.st_ino ||
        memcmp(&now.st_mtim, &device->plugged.st_mtim, sizeof now.st_mtim) != 0) {
        errno = ENODEV;
        return -1;
    }
    return answer(device, (unsigned)request, argument);
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    mode_t mode;

    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    va_end(arguments);
    return is_ours(path) ? begin() : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list arguments;
    mode_t mode;

    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    va_end(arguments);
    return is_ours(path) ? begin() : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int close(int descriptor)
{
    struct device *device;

    pthread_mutex_lock(&lock);
    if ((device = device_of(descriptor)) != NULL) {
        free_buffers(device);
        device->descriptor = 0;
    }
    pthread_mutex_unlock(&lock);
    return (int)syscall(SYS_close, descriptor);
}

static void *mapped(void *where, size_t length, int protection, int flags, int descriptor, off_t offset)
{
    struct device *device = device_of(descriptor);

    if (device != NULL) {
        descriptor = device->buffers[offset / APART].memory;
        offset = 0;
    }
    return (void *)syscall(SYS_mmap, where, length, protection, flags, descriptor, offset);
}

void *mmap(void *where, size_t length, int protection, int flags, int descriptor, off_t offset)
{
    return mapped(where, length, protection, flags, descriptor, offset);
}

void *mmap64(void *where, size_t length, int protection, int flags, int descriptor, off64_t offset)
{
    return mapped(where, length, protection, flags, descriptor, offset);
}
