/**
 * Files that keep numbers: the safetensors format ({@link org.convoy.checkpoint.SafetensorsWriter},
 * {@link org.convoy.checkpoint.SafetensorsReader}). Everything goes through plain streams, so that
 * any file system will do; nothing is ever deserialized by Java; a reader checks every length
 * against the size of the file before it allocates.
 *
 * <p>Uses {@code train}, {@code optim}, {@code nn}, {@code tensor}, {@code description}.
 */
package org.convoy.checkpoint;
