package org.convoy.spark.config;

import java.util.Optional;
import org.convoy.description.Default;

/** Where a job writes. */
public record OutputOptions(
    @Meaning("the job's own directory; train: runs/RECIPE-TIME unless given")
        Optional<String> directory,
    @Meaning("whether to delete what the directory holds") @Default("false") boolean overwrite) {}
