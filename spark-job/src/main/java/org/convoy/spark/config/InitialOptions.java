package org.convoy.spark.config;

import java.util.List;
import java.util.Optional;
import org.convoy.description.Default;

/** Where a run's parameters begin. */
public record InitialOptions(
    @Meaning("a model, or PyTorch's weights in safetensors; drawn by the seed unless given")
        Optional<String> file,
    @Meaning("patterns of parameters to draw by the seed all the same, such as [\"fc.*\"]")
        @Default("[]")
        List<String> except) {
  public InitialOptions {
    except = List.copyOf(except);
    boolean useless = file.isEmpty() && !except.isEmpty();
    new Requirements().require(!useless, "except", "has no meaning without initial.file").check();
  }
}
