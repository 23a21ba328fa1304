/** Speed of decoding: whole files, from their bytes to pixels, beside the JDK's own readers. */
package org.convoy.bench.image;
