package org.convoy.spark.input;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The key of an image in a packed sequence file: {@code CLASS/KEY}, where the class is as it is but
 * for {@code %} and {@code /}, and the image's key is percent-encoded, so that it has no slash: the
 * innermost folder of the whole is the class, as {@link SequenceFileSource} reads it. Without a
 * label there is no class and no slash.
 *
 * @param label name of the class
 * @param key what the image is called in its source
 */
record PackedKey(Optional<String> label, String key) {
  static PackedKey parse(String written) {
    int slash = written.indexOf('/');
    String key = URLDecoder.decode(written.substring(slash + 1), StandardCharsets.UTF_8);
    return new PackedKey(
        slash < 0
            ? Optional.empty()
            : Optional.of(written.substring(0, slash).replace("%2F", "/").replace("%25", "%")),
        key);
  }

  @Override
  public String toString() {
    String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
    return label
        .map(name -> name.replace("%", "%25").replace("/", "%2F") + "/" + encoded)
        .orElse(encoded);
  }
}
