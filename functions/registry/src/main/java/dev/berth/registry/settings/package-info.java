/** The settings of whole registries, one set for each region. */
package dev.berth.registry.settings;
