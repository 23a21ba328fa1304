/**
 * Files that keep numbers. A trained model is a {@link org.convoy.checkpoint.ModelFile}: a
 * safetensors file with the parameters under PyTorch's names, and a {@link
 * org.convoy.checkpoint.ModelInfo} in its header. Numbers of other programs come in through {@link
 * org.convoy.checkpoint.ParameterTensors}; anything else that is made of named tensors can use
 * {@link org.convoy.checkpoint.SafetensorsWriter} and {@link
 * org.convoy.checkpoint.SafetensorsReader} themselves.
 *
 * <p>What a run needs to go on is a {@link org.convoy.checkpoint.CheckpointFile}.
 *
 * <p>Everything goes through plain streams, so that any file system will do; nothing is ever
 * deserialized by Java; a reader checks every length against the size of the file before it
 * allocates. To say more in a model file, add a component to {@code ModelInfo} with a value for
 * files that lack it; a change that older programs would misread needs the next format version, and
 * a new golden file beside the old ones.
 *
 * <p>Uses {@code train} and what is below it.
 */
package org.convoy.checkpoint;
