package org.convoy.image.codec;

import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The image readers of the JDK itself, whatever others the class path may hold. */
final class JdkReaders {
  private JdkReaders() {}

  /**
   * A new reader.
   *
   * @param format as the JDK names it, such as {@code jpeg}
   */
  static ImageReader create(String format) throws RejectedException {
    try {
      Iterator<ImageReaderSpi> providers =
          IIORegistry.getDefaultInstance()
              .getServiceProviders(ImageReaderSpi.class, spi -> isOf(spi, format), true);
      if (providers.hasNext()) {
        return providers.next().createReaderInstance();
      }
    } catch (IOException e) {
      throw new RejectedException("the JDK's reader of " + format + " fails to start: " + e, e);
    }
    throw new RejectedException("this JDK has no reader of " + format);
  }

  private static boolean isOf(Object provider, String format) {
    if (!(provider instanceof ImageReaderSpi spi)
        || spi.getClass().getModule() != ImageReaderSpi.class.getModule()) {
      return false;
    }
    for (String name : spi.getFormatNames()) {
      if (name.equals(format)) {
        return true;
      }
    }
    return false;
  }
}
