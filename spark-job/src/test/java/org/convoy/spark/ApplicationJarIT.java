package org.convoy.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Promise P6: the packaged jar is pure Java, our own and what it relocates. */
class ApplicationJarIT {
  private static final Path JAR = Path.of("target", "convoy.jar");

  @Test
  void jarHoldsNoNativeCodeAndNoClassesOfOthers() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();

      assertThat(names.stream().filter(name -> name.endsWith(".class")))
          .isNotEmpty()
          .allMatch(name -> name.startsWith("org/convoy/"));
      assertThat(names).noneMatch(name -> name.matches(".*\\.(so|dll|dylib|jnilib|a)"));
    }
  }

  @Test
  void jarReadsWebpWithoutChangingImageIoAndCarriesItsLicence() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();

      assertThat(names)
          .contains(
              "org/convoy/shaded/twelvemonkeys/imageio/plugins/webp/WebPImageReaderSpi.class",
              "META-INF/third-party/twelvemonkeys-LICENSE.txt")
          .noneMatch(name -> name.startsWith("META-INF/services/javax.imageio"));
    }
  }
}
