/** AlmaLinux. */
package dev.berth.core.scan.distribution.alma;
