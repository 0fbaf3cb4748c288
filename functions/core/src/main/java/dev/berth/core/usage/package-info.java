/** How often each action is called (guide, "Amazon ECR usage metrics"). */
package dev.berth.core.usage;
