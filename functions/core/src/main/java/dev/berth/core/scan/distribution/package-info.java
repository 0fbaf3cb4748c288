/**
 * What differs between the distributions of Linux: how an image names one, until when a release of
 * it is supported, what of which feed applies to it, and by which names its packages are looked up.
 * Each family has a package of its own below this one; {@code scan.catalog} lists them.
 */
package dev.berth.core.scan.distribution;
