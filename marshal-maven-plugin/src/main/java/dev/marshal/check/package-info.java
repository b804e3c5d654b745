// SPDX-License-Identifier: Apache-2.0
/** What is checked before work starts. */
package dev.marshal.check;
