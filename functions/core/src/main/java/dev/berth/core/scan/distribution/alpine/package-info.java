/** Alpine Linux. */
package dev.berth.core.scan.distribution.alpine;
