/** Which distributions are supported. */
package dev.berth.core.scan.catalog;
