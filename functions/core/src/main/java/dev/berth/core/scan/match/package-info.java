/** What is vulnerable in an image: what is installed in it, held against an index. */
package dev.berth.core.scan.match;
