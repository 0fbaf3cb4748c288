/** Ubuntu. */
package dev.berth.core.scan.distribution.ubuntu;
