/** The only benchmark code that is compiled against the JDK's Vector API; reached by reflection. */
package org.convoy.bench.peak;
