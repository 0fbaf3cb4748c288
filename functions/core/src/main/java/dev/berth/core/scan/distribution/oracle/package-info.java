/** Oracle Linux. */
package dev.berth.core.scan.distribution.oracle;
