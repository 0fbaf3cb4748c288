/** Rocky Linux. */
package dev.berth.core.scan.distribution.rocky;
