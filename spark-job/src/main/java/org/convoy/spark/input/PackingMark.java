package org.convoy.spark.input;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.convoy.description.Json;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.storage.StorageException;

/**
 * The file {@code _packing.json} in a directory that {@code convoy pack} writes to: there before
 * anything else, and gone when all else is there. So what a packing that was killed has left is
 * known from what anybody else wrote, and may be replaced.
 *
 * <p>One packing at a time: the file says whose it is, and a number in it goes up while that one is
 * at work ({@link PackingPulse}). Who finds the file watches it for a while, and takes over only
 * what stays as it is. No clocks are compared, so they may differ. A packing that was stopped for
 * longer than that finds the file to be another's, and ends without touching anything.
 */
public final class PackingMark {
  /** Its name. */
  public static final String FILE = "_packing.json";

  private static final int NAMES_SHOWN = 3;
  private static final Pattern SHARD = Pattern.compile("part-\\d{5,}\\.(parquet|seq)");
  private static final int MAXIMUM_BYTES = 1 << 16;
  private static final int TRIES = 5;
  private static final Duration AGAIN = Duration.ofMillis(50);
  private static final String OWNER = "packing";
  private static final String WHO = "by";

  private final Storage storage;
  private final Path directory;
  private final List<String> folders;
  private final Pace pace;
  private final String owner = UUID.randomUUID().toString();
  private long pulses;

  /**
   * How fast all this goes.
   *
   * @param pulse from one change of the file to the next
   * @param patience so long nothing changes before a packing counts as killed
   * @param settling from the file's writing until it is looked at whether another wrote it, too
   */
  record Pace(Duration pulse, Duration patience, Duration settling) {
    static final Pace USUAL =
        new Pace(Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofMillis(200));
  }

  /** Another packing has taken over the directory. */
  public static final class LostException extends IOException {
    private static final long serialVersionUID = 1L;

    private LostException(String message) {
      super(message);
    }
  }

  /**
   * @param folders in the directory that images are packed to, beside the directory itself
   */
  public PackingMark(Storage storage, Path directory, List<String> folders) {
    this(storage, directory, folders, Pace.USUAL);
  }

  PackingMark(Storage storage, Path directory, List<String> folders, Pace pace) {
    this.storage = storage;
    this.directory = directory;
    this.folders = List.copyOf(folders);
    this.pace = pace;
  }

  /**
   * Says that what comes now is not whole, and is ours.
   *
   * @throws StorageException if another packing says so, too
   */
  public void set() throws IOException {
    try {
      storage.createNew(file(), content());
    } catch (FileAlreadyExistsException e) {
      throw busy(read());
    }
    settle();
  }

  /**
   * Says that all is there.
   *
   * @throws LostException if the directory is another packing's by now
   */
  public void remove() throws IOException {
    requireOwn();
    storage.delete(file());
  }

  /** Says that this packing is still at work. */
  void beat() throws IOException {
    requireOwn();
    pulses++;
    write();
  }

  /** Whether the directory is this packing's, as far as that can be seen. */
  public boolean isOwn() {
    try {
      return owner.equals(read().get(OWNER));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Looks whether the directory is this packing's.
   *
   * @throws LostException if another has taken over
   */
  public void requireOwn() throws IOException {
    Map<String, Object> found = read();
    if (!owner.equals(found.get(OWNER))) {
      throw new LostException(
          String.format(
              "output %s is no longer this packing's: its %s was %s, probably because this one was"
                  + " stopped for longer than %d s. Nothing was deleted; choose another directory",
              directory,
              FILE,
              found.isEmpty() ? "deleted" : "taken over" + who(found),
              pace.patience().toSeconds()));
    }
  }

  /**
   * Looks whether a packing is at work there; waits for a while where that cannot be told at once.
   *
   * @return whether one was there and did not come to its end
   * @throws StorageException if one is at work
   */
  public boolean isAbandoned() throws IOException {
    if (isEmpty()) {
      return false;
    }
    Map<String, Object> first = read();
    if (first.isEmpty() && !isThere()) {
      return false;
    }
    long end = System.nanoTime() + pace.patience().toNanos();
    while (System.nanoTime() < end) {
      sleep(pace.settling());
      Map<String, Object> now = read();
      if (!now.equals(first)) {
        throw busy(now.isEmpty() ? first : now);
      }
    }
    return true;
  }

  /**
   * Deletes what a packing has left that did not come to its end, the mark last.
   *
   * @param inputs what is read now: never deleted
   * @return whether there was a mark
   * @throws StorageException if anything else is there, too, or an input, or a packing is at work;
   *     nothing is deleted then
   */
  public boolean clear(List<Path> inputs) throws IOException {
    if (!isThere()) {
      return false;
    }
    for (Path input : inputs) {
      for (Path place = input; place != null; place = place.getParent()) {
        if (place.equals(directory)) {
          throw refused("what is to be packed now lies there (" + input + ")");
        }
      }
    }
    ownFiles();
    if (!isOwn()) {
      if (!isAbandoned()) {
        return false;
      }
      takeOver();
    }
    for (Path path : ownFiles()) {
      storage.delete(path);
    }
    remove();
    return true;
  }

  private void takeOver() throws IOException {
    try {
      write();
    } catch (FileAlreadyExistsException e) {
      // A local file system's way to say that another replaced it at the same moment.
      throw busy(read());
    }
    settle();
  }

  /** By a temporary file of its own: others may do the same at the same moment. */
  private void write() throws IOException {
    byte[] content = content().getBytes(StandardCharsets.UTF_8);
    storage.writeNamed(
        Storage.child(directory, "." + FILE + "." + owner + ".tmp"),
        out -> {
          out.write(content);
          return FILE;
        });
  }

  private List<Path> ownFiles() throws IOException {
    List<Path> own = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    look(directory, "", own, foreign);
    if (!foreign.isEmpty()) {
      throw refused(
          "it also holds what pack did not write: "
              + String.join(", ", foreign.subList(0, Math.min(NAMES_SHOWN, foreign.size()))));
    }
    return own;
  }

  private StorageException refused(String why) {
    return new StorageException(
        String.format(
            "output %s holds images whose packing did not come to its end, but is not emptied,"
                + " because %s; choose another directory",
            directory, why));
  }

  private StorageException busy(Map<String, Object> mark) {
    return new StorageException(
        String.format(
            "output %s: another packing is at work there%s, as its %s tells; choose another"
                + " directory, or wait until it has ended",
            directory, who(mark), FILE));
  }

  private static String who(Map<String, Object> mark) {
    return mark.containsKey(WHO) ? " (" + mark.get(WHO) + ")" : "";
  }

  /** Of two that wrote the file at the same time, the later one has it. */
  private void settle() throws IOException {
    sleep(pace.settling());
    if (!isOwn()) {
      throw busy(read());
    }
  }

  private Path file() {
    return Storage.child(directory, FILE);
  }

  private String content() throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("what", "images being packed; not whole while this file is here");
    content.put(OWNER, owner);
    content.put(
        WHO,
        "process "
            + ProcessHandle.current().pid()
            + " on "
            + InetAddress.getLocalHost().getHostName());
    content.put("pulses", pulses);
    return Json.write(content);
  }

  /** Whether there is the file: a local one is not there for a moment while it is replaced. */
  private boolean isThere() throws IOException {
    if (isEmpty()) {
      return false;
    }
    for (int attempt = 1; attempt < TRIES; attempt++) {
      if (storage.exists(file())) {
        return true;
      }
      sleep(AGAIN);
    }
    return storage.exists(file());
  }

  /** Then nothing is being replaced, either: its new content would be there under another name. */
  private boolean isEmpty() throws IOException {
    return !storage.exists(directory) || storage.list(directory).isEmpty();
  }

  /** What the file says; nothing if there is none, or none of this program's. */
  private Map<String, Object> read() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        byte[] content = storage.read(file(), MAXIMUM_BYTES);
        return Json.parseObject(new String(content, StandardCharsets.UTF_8));
      } catch (FileNotFoundException | IllegalArgumentException e) {
        if (attempt == TRIES) {
          return Map.of();
        }
      } catch (IOException e) {
        // A local file and its checksums are not replaced at the same moment.
        if (attempt == TRIES) {
          throw e;
        }
      }
      sleep(AGAIN);
    }
  }

  private static void sleep(Duration time) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for another packing", e);
    }
  }

  /** Time between two {@link #beat}s. */
  Duration pulse() {
    return pace.pulse();
  }

  private void look(Path place, String prefix, List<Path> own, List<String> foreign)
      throws IOException {
    for (FileStatus status : storage.list(place)) {
      String name = status.getPath().getName();
      if (status.isDirectory() && prefix.isEmpty() && folders.contains(name)) {
        look(status.getPath(), name + "/", own, foreign);
        own.add(status.getPath());
      } else if (status.isFile() && isOwn(name)) {
        own.add(status.getPath());
      } else if (!name.equals(FILE)) {
        foreign.add(prefix + name);
      }
    }
  }

  private static boolean isOwn(String name) {
    return SHARD.matcher(name).matches()
        || name.equals(PackedManifest.FILE)
        || OutputDirectory.isLeftOver(name);
  }
}
