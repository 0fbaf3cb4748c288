/**
 * The facts of layers, kept beside their blobs: what a scan needs of a layer is read from its bytes
 * once. What is missing is made anew, so nobody has to repair it.
 */
package dev.berth.registry.scan.facts;
