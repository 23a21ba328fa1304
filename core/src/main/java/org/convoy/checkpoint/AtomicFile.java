package org.convoy.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files of the local file system that are whole or not there. */
final class AtomicFile {
  private AtomicFile() {}

  /** Writes to a stream and answers something about what it wrote. */
  @FunctionalInterface
  interface Content<T> {
    T writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes beside the file, forces the bytes to the disk, renames. If anything fails, the file is
   * as it was before and nothing is left beside it.
   */
  static <T> T write(Path file, Content<T> content) throws IOException {
    Path whole = file.toAbsolutePath();
    Path temporary = whole.resolveSibling(temporaryName(whole));
    try {
      T answer = writeForced(temporary, content);
      Files.move(
          temporary, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return answer;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static <T> T writeForced(Path temporary, Content<T> content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                temporary,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      T answer = content.writeTo(out);
      channel.force(true);
      return answer;
    }
  }

  /** Hidden, and of this thread alone. */
  private static String temporaryName(Path file) {
    long process = ProcessHandle.current().pid();
    long thread = Thread.currentThread().getId();
    return "." + file.getFileName() + "." + process + "-" + thread + ".tmp";
  }
}
