package org.convoy.bench.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Forms in which pictures are written again, so that one folder tells about all of them. */
enum PictureForm {
  FINE_COLOR("jpeg", 1, 1, false),
  HALF_WIDTH_COLOR("jpeg", 2, 1, false),
  HALF_COLOR("jpeg", 2, 2, false),
  PROGRESSIVE("jpeg", 2, 2, true),
  GRAY("jpeg", 1, 1, false),
  PNG("png", 1, 1, false);

  private static final float QUALITY = 0.9f;

  private final String format;
  private final int across;
  private final int down;
  private final boolean progressive;

  /**
   * @param across samples of brightness in a unit's row, where colors have one
   * @param down the same of a unit's column
   */
  PictureForm(String format, int across, int down, boolean progressive) {
    this.format = format;
    this.across = across;
    this.down = down;
    this.progressive = progressive;
  }

  /** The file of a picture in this form. */
  byte[] file(BufferedImage picture) throws IOException {
    int type = this == GRAY ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage source = new BufferedImage(picture.getWidth(), picture.getHeight(), type);
    source.createGraphics().drawImage(picture, 0, 0, null);
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam options = writer.getDefaultWriteParam();
      IIOMetadata metadata = null;
      if (this != PNG) {
        options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        options.setCompressionQuality(QUALITY);
        options.setProgressiveMode(
            progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(source), options);
        sample(metadata);
      }
      writer.write(null, new IIOImage(source, null, metadata), options);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private void sample(IIOMetadata metadata) throws IOException {
    String format = metadata.getNativeMetadataFormatName();
    Node tree = metadata.getAsTree(format);
    Node frame = ((Element) tree).getElementsByTagName("sof").item(0);
    Element brightness = (Element) frame.getFirstChild();
    brightness.setAttribute("HsamplingFactor", Integer.toString(across));
    brightness.setAttribute("VsamplingFactor", Integer.toString(down));
    metadata.setFromTree(format, tree);
  }
}
