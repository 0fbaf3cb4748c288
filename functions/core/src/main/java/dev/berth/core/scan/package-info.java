/** What is installed in an image, and what is known to be wrong with it. */
package dev.berth.core.scan;
