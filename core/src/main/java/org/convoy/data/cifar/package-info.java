/**
 * The binary format of CIFAR-10 and CIFAR-100 (Krizhevsky, "Learning multiple layers of features
 * from tiny images", 2009): records of one or two label bytes and 3072 pixel bytes, with no header.
 * The reader goes through a file once, can skip, and holds one record.
 *
 * <p>Uses {@code data} and {@code tensor}.
 */
package org.convoy.data.cifar;
