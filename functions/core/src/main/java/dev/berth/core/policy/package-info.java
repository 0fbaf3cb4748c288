/** Policy documents: what a resource's owner lets others do, read and checked. */
package dev.berth.core.policy;
