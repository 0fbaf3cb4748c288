/** The local host: the functions of a deployment in one JVM, with nothing else to install. */
package dev.berth.local;
