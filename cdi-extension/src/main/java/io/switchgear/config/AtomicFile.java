package io.switchgear.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A small file that is replaced as a whole: who reads it sees the old content or the new, also after a crash. Changes
 * wait for each other, be they of threads, applications or processes.
 *
 * <p>Content is text of one {@code char} for each byte, so that whatever the file holds is written back as it was.
 *
 * <p>Beside the file stand {@code .lock}, which stays, since to remove it would be a race, and while a change is
 * written {@code .tmp}.
 */
final class AtomicFile {
    static final int MOST_BYTES = 10 * 1024 * 1024;

    private static final int MOST_LINKS = 40;
    private static final long POLL_MILLIS = 5;

    private final Path path;
    private final Duration patience;

    /** @param patience how long to wait for another process that is changing the file */
    AtomicFile(Path path, Duration patience) {
        this.path = path.toAbsolutePath();
        this.patience = patience;
    }

    Path path() {
        return path;
    }

    /** The content; empty if there is no file yet. */
    String read() throws IOException {
        return content(target());
    }

    /** Replaces the content, if {@code change} makes something else of it. */
    void change(UnaryOperator<String> change) throws IOException {
        Path target = target();
        // intentional, the one monitor that applications with a copy of this class each have in common. They must not
        // even open the lock file meanwhile: when a process closes a file, POSIX drops all its locks on it
        synchronized (("io.switchgear.config.AtomicFile " + target).intern()) {
            try (FileChannel lock = FileChannel.open(
                    beside(target, ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS)) {
                lock(lock, target);
                String before = content(target);
                String after = change.apply(before);
                if (!after.equals(before)) {
                    replace(target, after);
                }
            }
        }
    }

    /** The file that symbolic links lead to, so that it is replaced and not a link. */
    private Path target() throws IOException {
        Path target = path;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(path.toString());
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        Path directory = target.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException("there is no directory " + directory + "; create it or name another");
        }
        return directory.toRealPath().resolve(target.getFileName());
    }

    private static Path beside(Path target, String suffix) {
        return target.resolveSibling(target.getFileName() + suffix);
    }

    private static String content(Path target) throws IOException {
        try {
            if (!Files.readAttributes(target, BasicFileAttributes.class).isRegularFile()) {
                throw new IOException(target + " is a directory or a device; name a file");
            }
        } catch (NoSuchFileException notYet) {
            return "";
        }
        try (InputStream in = Files.newInputStream(target)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            checkLength(bytes.length);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static void checkLength(int bytes) throws IOException {
        if (bytes > MOST_BYTES) {
            throw new IOException("more than " + MOST_BYTES + " bytes; remove what does not belong there");
        }
    }

    /** Until the channel is closed. Asks again and again, since a file lock has no wait that ends. */
    private void lock(FileChannel channel, Path target) throws IOException {
        long start = System.nanoTime();
        while (!isLocked(channel)) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new IOException("somebody has held the lock on " + beside(target, ".lock") + " for "
                        + patience.toMillis() + " ms; find the process that does and end it");
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for " + beside(target, ".lock"));
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException thisProcess) {
            // not one of ours, who are behind the monitor
            return false;
        }
    }

    private static void replace(Path target, String content) throws IOException {
        checkLength(content.length());
        boolean exists = Files.exists(target);
        if (exists && !Files.isWritable(target)) {
            // could be replaced all the same, but somebody made it read-only for a reason
            throw new AccessDeniedException(target.toString());
        }
        Path temporary = beside(target, ".tmp");
        Files.deleteIfExists(temporary);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
                if (exists && old != null) {
                    keepGroup(old.readAttributes(), temporary);
                    Files.setPosixFilePermissions(
                            temporary, old.readAttributes().permissions());
                }
                ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceDirectory(target.getParent());
    }

    private static void keepGroup(PosixFileAttributes old, Path file) {
        try {
            Files.getFileAttributeView(file, PosixFileAttributeView.class).setGroup(old.group());
        } catch (IOException notAllowed) {
            // only who is in the group may give files to it; the permissions stay all the same
        }
    }

    /** So that a power failure does not undo the move. */
    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException notHere) {
            // Windows opens no directories, and some network file systems do not force them: the file has been replaced
        }
    }
}
