/**
 * What is known to be vulnerable, in files that are written once and read fast: one for each
 * release of a distribution, and some with what is known of each CVE. A {@link
 * dev.berth.core.scan.index.Generation} says which files belong together.
 *
 * <p>A file is bytes that begin with a format version and a checksum; reading one decodes nothing
 * but what is asked for. Where files are kept is not decided here.
 */
package dev.berth.core.scan.index;
