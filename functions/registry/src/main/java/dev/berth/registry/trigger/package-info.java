/** How functions start each other. */
package dev.berth.registry.trigger;
