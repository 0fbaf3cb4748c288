/** In which order the package managers put versions. */
package dev.berth.core.scan.version;
