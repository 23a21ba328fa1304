package org.convoy.spark.config;

import java.util.List;
import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.train.Whitening;

/** Where a run's parameters begin. */
public record InitialOptions(
    @Meaning("a model, or PyTorch's weights in safetensors; drawn by the seed unless given")
        Optional<String> file,
    @Meaning("patterns of parameters to draw by the seed all the same, such as [\"fc.*\"]")
        @Default("[]")
        List<String> except,
    @Meaning(
            "a first convolution's filters, computed from training images so that what it makes of"
                + " them is white: {layer, images = 5000, eps = 5e-4}; takes the place of what was"
                + " drawn or read")
        Optional<Whitening> whitening) {
  public InitialOptions {
    except = List.copyOf(except);
    boolean useless = file.isEmpty() && !except.isEmpty();
    new Requirements().require(!useless, "except", "has no meaning without initial.file").check();
  }
}
