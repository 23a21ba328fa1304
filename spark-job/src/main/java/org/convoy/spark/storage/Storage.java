package org.convoy.spark.storage;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.checkpoint.Sha256OutputStream;

/**
 * The file systems of one Hadoop configuration. Travels to tasks by Java serialization, with the
 * configuration's properties; a job sends it once, with its function.
 */
public final class Storage implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How Hadoop's word on a pattern begins; callers may rely on it, says its GlobFilter. */
  private static final String ILLEGAL_PATTERN = "Illegal file pattern";

  private transient Configuration configuration;

  /**
   * @param configuration kept, not copied
   */
  public Storage(Configuration configuration) {
    this.configuration = configuration;
  }

  /** With the settings of a Spark application ({@code spark.hadoop.*} and the site files). */
  public static Storage of(JavaSparkContext context) {
    return new Storage(context.hadoopConfiguration());
  }

  /** The settings, for readers that want them; not to be changed. */
  public Configuration configuration() {
    return configuration;
  }

  /** Writes a file's content to a stream; does not close it. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The absolute form of a location. Without a scheme it belongs to the default file system; a
   * relative one starts in that file system's working directory.
   *
   * @throws StorageException if the location is no path, or of an unknown file system
   */
  public Path resolve(String location) throws StorageException {
    try {
      Path path = new Path(location);
      return fileSystem(path).makeQualified(path);
    } catch (IllegalArgumentException | IOException e) {
      throw new StorageException("'" + location + "' is no usable path: " + e.getMessage(), e);
    }
  }

  /** What has the given name in a directory; the name may hold a colon, and slashes. */
  public static Path child(Path directory, String name) {
    return new Path(directory, new Path(/* scheme= */ null, /* authority= */ null, name));
  }

  /** Whether there is a file or directory. */
  public boolean exists(Path path) throws IOException {
    return fileSystem(path).exists(path);
  }

  /**
   * Length, kind and time of a file or directory.
   *
   * @throws FileNotFoundException if there is none
   */
  public FileStatus status(Path path) throws IOException {
    return fileSystem(path).getFileStatus(path);
  }

  /** What a directory holds, by name in the order of {@link String#compareTo}. */
  public List<FileStatus> list(Path directory) throws IOException {
    FileStatus[] found = fileSystem(directory).listStatus(directory);
    LocalNames.checkAllListed(directory, found.length);
    Arrays.sort(found, Comparator.comparing(status -> status.getPath().getName()));
    return List.of(found);
  }

  /**
   * The files and directories that a Hadoop pattern ({@code *}, {@code ?}, {@code [a-z]}, {@code
   * {a,b}}) matches, in the order of their paths; a location that exists as it is written stands
   * for itself.
   *
   * @throws StorageException if it is neither a path nor a pattern
   */
  public List<FileStatus> glob(String location) throws IOException {
    Path pattern = resolve(location);
    if (exists(pattern)) {
      return List.of(status(pattern));
    }
    FileStatus[] found;
    try {
      found = fileSystem(pattern).globStatus(pattern);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).startsWith(ILLEGAL_PATTERN)) {
        throw new StorageException(
            String.format(
                "'%s' is no usable pattern: %s; write \\ before a bracket or brace of a name",
                location, e.getMessage()),
            e);
      }
      throw e;
    }
    return found == null
        ? List.of()
        : Arrays.stream(found)
            .sorted(Comparator.comparing(status -> status.getPath().toString()))
            .toList();
  }

  /** Opens a file; the caller closes it. */
  public FSDataInputStream open(Path file) throws IOException {
    FileSystem system = fileSystem(file);
    if (system instanceof LocalFileSystem local && file.getName().indexOf(':') >= 0) {
      // The name of its checksum file would be no path.
      return local.getRaw().open(file);
    }
    return system.open(file);
  }

  /** SHA-256 of a file's bytes, in 64 lower-case digits. */
  public String sha256(Path file) throws IOException {
    try (InputStream in = open(file);
        Sha256OutputStream sum = new Sha256OutputStream(OutputStream.nullOutputStream())) {
      in.transferTo(sum);
      return sum.hex();
    }
  }

  /**
   * A whole file.
   *
   * @throws StorageException if it is longer than {@code limit} bytes
   */
  public byte[] read(Path file, int limit) throws IOException {
    try (InputStream in = openToRead(file)) {
      byte[] content = in.readNBytes(limit);
      if (content.length == limit && in.read() >= 0) {
        throw new StorageException(file + " is longer than " + limit + " bytes");
      }
      return content;
    }
  }

  /**
   * Opens a file to be read from its beginning to its end. A local one without checksums is opened
   * by the JDK: Hadoop's way asks for its status several times over, and opening took a third of
   * the time of tasks that read small pictures.
   */
  private InputStream openToRead(Path file) throws IOException {
    if (fileSystem(file) instanceof LocalFileSystem local && file.getName().indexOf(':') < 0) {
      boolean checked = local.pathToFile(local.getChecksumFile(file)).exists();
      File plain = local.pathToFile(file);
      if (!checked && plain.isFile()) {
        return new FileInputStream(plain);
      }
    }
    return open(file);
  }

  /** Creates a file and the directories above it, replacing what is there; the caller closes it. */
  public OutputStream create(Path file) throws IOException {
    return fileSystem(file).create(file, /* overwrite= */ true);
  }

  /** Writes a file's content to a stream, and only then knows the file's name. */
  @FunctionalInterface
  public interface NamedContent {
    String writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a whole file under a temporary name beside it and renames it when it is complete and
   * synchronized: readers see the old content, or the new one, never a part. One writer at a time.
   */
  public void write(Path file, Content content) throws IOException {
    writeNamed(
        child(file.getParent(), "." + file.getName() + ".tmp"),
        out -> {
          content.writeTo(out);
          return file.getName();
        });
  }

  /**
   * {@link #write} of a file whose name follows from its content.
   *
   * @param temporary its name until it is complete
   * @return the file
   */
  public Path writeNamed(Path temporary, NamedContent content) throws IOException {
    FileSystem system = fileSystem(temporary);
    try {
      Path file;
      try (FSDataOutputStream out = system.create(temporary, /* overwrite= */ true)) {
        file = child(temporary.getParent(), content.writeTo(out));
        if (out.hasCapability(StreamCapabilities.HSYNC)) {
          out.hsync();
        }
      }
      replace(system, temporary, file);
      return file;
    } catch (IOException | RuntimeException e) {
      deleteAfter(system, temporary, e);
      throw e;
    }
  }

  /** {@link #write} of a text in UTF-8. */
  public void writeText(Path file, String text) throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a text in UTF-8 to a file that is not there yet.
   *
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if it is there, on file systems that
   *     can tell whether or not another process creates it at the same moment
   */
  public void createNew(Path file, String text) throws IOException {
    try (OutputStream out = fileSystem(file).create(file, /* overwrite= */ false)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Creates a directory and those above it; one that exists is left alone. */
  public void createDirectory(Path directory) throws IOException {
    if (!fileSystem(directory).mkdirs(directory)) {
      throw new StorageException("cannot create the directory " + directory);
    }
  }

  /**
   * Gives a file or directory another name in the same file system.
   *
   * @throws StorageException if the new name is taken, or the file system refuses
   */
  public void rename(Path from, Path to) throws IOException {
    FileSystem system = fileSystem(from);
    if (system.exists(to)) {
      throw new StorageException("cannot rename " + from + " to " + to + ": that exists already");
    }
    if (!system.rename(from, to)) {
      throw new StorageException("the file system refuses to rename " + from + " to " + to);
    }
  }

  /**
   * Deletes a file, or a directory with all it holds.
   *
   * @return whether there was one
   */
  public boolean delete(Path path) throws IOException {
    return fileSystem(path).delete(path, /* recursive= */ true);
  }

  FileSystem fileSystem(Path path) throws IOException {
    return path.getFileSystem(configuration);
  }

  private void replace(FileSystem system, Path from, Path to) throws IOException {
    if (!system.exists(to)) {
      rename(from, to);
      return;
    }
    try {
      FileContext.getFileContext(system.getUri(), configuration)
          .rename(from, to, Options.Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      // A file system known to FileSystem alone: the old content is gone before the new one stands.
      system.delete(to, /* recursive= */ false);
      rename(from, to);
    }
  }

  private static void deleteAfter(FileSystem system, Path temporary, Exception failure) {
    try {
      system.delete(temporary, /* recursive= */ false);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    configuration.write(out);
  }

  private void readObject(ObjectInputStream in) throws IOException {
    configuration = new Configuration(/* loadDefaults= */ false);
    configuration.readFields(in);
  }
}
