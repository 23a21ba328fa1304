/**
 * Images in packed chunks with what is known of them ({@link org.convoy.data.Annotation}), which
 * image lies in which chunk ({@link org.convoy.data.ShardDealing}) and in which order an epoch
 * visits them ({@link org.convoy.data.EpochOrder}), each once or by classes ({@link
 * org.convoy.data.Sampling}); readers of data-set formats in {@code .idx} and {@code .cifar}. Uses
 * {@code tensor}, {@code random}, {@code image} and {@code augment}.
 */
package org.convoy.data;
