/** Which event or schedule starts which function, on AWS and in the local host. */
package dev.berth.core.trigger;
