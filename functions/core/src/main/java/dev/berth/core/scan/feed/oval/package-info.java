/**
 * The definitions that Oracle publishes in OVAL (linux.oracle.com/security/oval): an XML document
 * with a patch definition for each advisory. Which builds are vulnerable is read from the comments
 * of its criteria, which say what its tests test.
 */
package dev.berth.core.scan.feed.oval;
