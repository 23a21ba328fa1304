/**
 * ONNX files: the dozen messages of {@code onnx.proto3} that networks are made of, each a record
 * that reads and writes itself, on a protobuf wire format of our own.
 *
 * <p>Files are not trusted. Every length is checked against what remains of its message, nesting
 * and the number of messages are bounded, and whatever does not fit is an {@link
 * org.convoy.onnx.format.OnnxFileException} that names file, byte and field. Unknown fields are
 * skipped, as protobuf asks. To know another field: one line each in {@code read} and {@code write}
 * of its message.
 *
 * <p>Uses nothing of Convoy.
 */
package org.convoy.onnx.format;
