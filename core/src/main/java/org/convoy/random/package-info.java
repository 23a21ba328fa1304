/**
 * Random numbers as pure functions of a key, so that a task that runs twice, elsewhere or in
 * another order draws the same. Uses nothing of Convoy.
 */
package org.convoy.random;
