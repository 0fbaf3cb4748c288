/** What strangers write, read and quoted without harm. */
package dev.berth.core.text;
