/** Which operating system an image is, by the files that say so. */
package dev.berth.core.scan.os;
