/** What was read a moment ago, so that it need not be read for every request. */
package dev.berth.registry.recent;
