/**
 * Feeds of vulnerabilities, and how a generation of index files is made from them. Each format has
 * a package of its own below this one.
 *
 * <p>A feed is a stranger's: whatever is in it, reading takes bounded memory, and ends. A feed that
 * is no feed, is cut off, or holds nothing is refused with a {@link
 * dev.berth.core.scan.feed.FeedException} that names the place; it never becomes an empty index.
 */
package dev.berth.core.scan.feed;
