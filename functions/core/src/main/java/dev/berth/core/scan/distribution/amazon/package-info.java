/** Amazon Linux. */
package dev.berth.core.scan.distribution.amazon;
