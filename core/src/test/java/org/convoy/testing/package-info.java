/** What several packages' tests use: slow references, recorded cases, random values. */
package org.convoy.testing;
