// SPDX-License-Identifier: Apache-2.0
/** What editors know of specifications. */
package dev.marshal.schema;
