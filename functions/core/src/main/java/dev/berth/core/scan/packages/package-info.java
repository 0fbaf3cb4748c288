/**
 * Reads the package databases of images: dpkg's, apk's, and rpm's in its three formats. Databases
 * come from images, so whoever pushes one may have written it to do harm: what is read is bounded
 * by the database's own length, and what does not hold together is refused.
 */
package dev.berth.core.scan.packages;
