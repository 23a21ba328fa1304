/**
 * Descriptions of things as plain values: how a record (a layer, an augmentation, an optimizer)
 * becomes named fields in a recipe or a model file, and comes back. To make a new kind of thing
 * describable, write a record, give optional components a {@link org.convoy.description.Default},
 * and register it in the {@link org.convoy.description.Registry} of its interface. Uses nothing of
 * Convoy.
 */
package org.convoy.description;
