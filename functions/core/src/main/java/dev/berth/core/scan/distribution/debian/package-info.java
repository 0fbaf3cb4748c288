/** Debian. */
package dev.berth.core.scan.distribution.debian;
