/**
 * The plain loops: the backend of a JVM without the Vector API, and the oracle for the one with it.
 * Uses {@code backend} and {@code tensor}.
 */
package org.convoy.backend.scalar;
