// SPDX-License-Identifier: Apache-2.0
/** Makes projects of existing FireMarshal specifications. */
package dev.marshal.migration;
