/** Lifecycle policies of repositories, and previews of what they would expire. */
package dev.berth.registry.lifecycle;
