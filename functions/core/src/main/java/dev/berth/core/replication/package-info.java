/** To where the images of a registry are to be replicated. */
package dev.berth.core.replication;
