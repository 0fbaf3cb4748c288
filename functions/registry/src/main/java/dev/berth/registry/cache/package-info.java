/** What is remembered of the store for a moment. */
package dev.berth.registry.cache;
