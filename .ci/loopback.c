/* Preloaded into the pcscd of a test, so that it keeps to itself: its virtual reader would listen on every address of
   the machine, and listens on the one loopback address of that test instead; it finds no drivers for the readers that
   are plugged in; it ends with the test, which holds the other end of the pipe VPCD_LIFE; and where VPCD_ROUND gives
   milliseconds, it looks for cards as often as that, not every 400 ms. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int bind(int descriptor, const struct sockaddr *address, socklen_t length)
{
    struct sockaddr_in here;
    const char *host = getenv("VPCD_HOST");

    if (address->sa_family != AF_INET)
        return (int)syscall(SYS_bind, descriptor, address, length);
    here = *(const struct sockaddr_in *)address;
    if (host == NULL || inet_pton(AF_INET, host, &here.sin_addr) != 1)
        return -1;
    return (int)syscall(SYS_bind, descriptor, &here, sizeof here);
}

DIR *opendir(const char *name)
{
    DIR *(*real)(const char *) = (DIR *(*)(const char *))dlsym(RTLD_NEXT, "opendir");

    if (strcmp(name, "/usr/lib/pcsc/drivers") == 0) {
        errno = ENOENT;
        return NULL;
    }
    return real(name);
}

int nanosleep(const struct timespec *wanted, struct timespec *left)
{
    const char *given = getenv("VPCD_ROUND");
    struct timespec round = {0, 0};

    if (given == NULL || wanted->tv_sec != 0 || wanted->tv_nsec != 400000000L)
        return (int)syscall(SYS_nanosleep, wanted, left);
    round.tv_nsec = atol(given) * 1000000L;
    return (int)syscall(SYS_nanosleep, &round, left);
}

static void *live(void *pipe)
{
    sigset_t all;
    char byte;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    while (read((int)(intptr_t)pipe, &byte, 1) > 0)
        continue;
    _exit(0);
}

__attribute__((constructor)) static void begin(void)
{
    const char *given = getenv("VPCD_LIFE");
    pthread_t thread;

    if (given != NULL && strcmp(program_invocation_short_name, "pcscd") == 0)
        pthread_create(&thread, NULL, live, (void *)(intptr_t)atoi(given));
}
